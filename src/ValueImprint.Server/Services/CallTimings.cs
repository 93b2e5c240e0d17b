using ValueImprint.Core.Imprints;
using System.Globalization;
using Grpc.Core;
using ValueImprint.Inference;

namespace ValueImprint.Server.Services;

/// <summary>Where a call's time went; sent as trailers where the client asked for it.</summary>
internal sealed class CallTimings(ServerCallContext context)
{
    private readonly bool _wanted = context.RequestHeaders.GetValue("valueimprint-timings") == "1";
    private TimeSpan _queue;
    private TimeSpan _tokenize;
    private TimeSpan _execute;

    public void Add(TextTimings timings)
    {
        _queue = timings.Queue > _queue ? timings.Queue : _queue;
        _tokenize += timings.Tokenize;

        // Texts of one batch share its run, so a sum would count it several times.
        _execute = timings.Execute > _execute ? timings.Execute : _execute;
    }

    public void Send()
    {
        if (_wanted)
        {
            Send("valueimprint-queue-ms", _queue);
            Send("valueimprint-tokenize-ms", _tokenize);
            Send("valueimprint-execute-ms", _execute);
        }
    }

    private void Send(string name, TimeSpan time) =>
        context.ResponseTrailers.Add(name, time.TotalMilliseconds.ToString("0.###", CultureInfo.InvariantCulture));
}
