using Microsoft.Extensions.Logging;
using ValueImprint.Client.Connections;
using ValueImprint.Client.LocalServers;
using ValueImprint.Client.Streaming;
using ValueImprint.Protocol.V1;

namespace ValueImprint.Client;

/// <summary>
/// A classifier behind one or several servers, or behind a local one that is started on demand. Broken connections are mended, calls
/// that may be repeated are. Safe for use by several threads.
/// </summary>
public sealed class ClassifierClient : IDisposable
{
    private readonly ClientOptions _options;
    private readonly IServerSource _servers;
    private readonly UnaryCalls _calls;
    private readonly ILogger _log;

    /// <summary>Makes a client; nothing is connected or started before the first call.</summary>
    /// <exception cref="ClientException">An option is out of range, or names a file that can't be used.</exception>
    public ClassifierClient(ClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        var factory = new ConnectionFactory(options);
        _options = options;
        _log = options.LoggerFactory.CreateLogger("ValueImprint.Client");
        _servers = options.Servers.Count > 0 ? new RemoteServers(options, factory) : new LocalServerSource(options, factory, _log);
        _calls = new UnaryCalls(options, _servers, _log);
    }

    /// <summary>Describes a model.</summary>
    /// <param name="name">Its name; empty: the server's default one.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <exception cref="ClientException">No server answered, or it refused.</exception>
    public async Task<Model> GetModelAsync(string name = "", CancellationToken ct = default)
    {
        var (model, _) = await _calls.GetModelAsync(name, ct).ConfigureAwait(false);
        return model;
    }

    /// <summary>Describes all models of the server, its default one first.</summary>
    /// <exception cref="ClientException">No server answered, or it refused.</exception>
    public async Task<IReadOnlyList<Model>> ListModelsAsync(CancellationToken ct = default)
    {
        var (response, _) = await _calls.InvokeAsync(static (server, call) => server.Classifier.ListModelsAsync(new ListModelsRequest(), call), ct)
            .ConfigureAwait(false);
        return response.Models;
    }

    /// <summary>Classifies a handful of texts in one call, which goes ahead of bulk streams.</summary>
    /// <param name="request">1 to the server's limit of texts, 1,024 unless it says otherwise.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>One result a text, in the order of the texts.</returns>
    /// <exception cref="ClientException">No server answered, or it refused.</exception>
    public async Task<ClassifyResponse> ClassifyAsync(ClassifyRequest request, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (response, server) = await _calls.InvokeAsync((server, call) => server.Classifier.ClassifyAsync(request, call), ct).ConfigureAwait(false);
        if (response.Results.Count != request.Texts.Count)
        {
            throw new ClientException(
                ClientFault.ContractBroken,
                $"{server.Address} gave {response.Results.Count} results for {request.Texts.Count} texts; use a server of the same version.");
        }

        foreach (var result in response.Results)
        {
            StreamSession.CheckResult(server.Address, result);
        }

        return response;
    }

    /// <summary>
    /// Classifies any number of texts. Results come in the order of the texts, each exactly once, also when a stream breaks: what is
    /// unanswered then is sent again. Reads the source no further ahead than the window allows; stopping half way ends all work.
    /// </summary>
    /// <param name="source">Whatever carries the texts; comes back beside each result.</param>
    /// <param name="text">The text of an item.</param>
    /// <param name="options">Window, batches, model; null: the defaults.</param>
    /// <param name="place">Names an item for a person, never by its text; null: its number in the stream, from 1.</param>
    /// <param name="ct">Cancels the work.</param>
    /// <exception cref="ClientException">
    /// No server answered, the model changed (<see cref="ClientFault.ModelChanged"/>), or the server broke down repeatedly while it held
    /// the same texts (<see cref="ClientFault.RepeatedCrash"/>; the message names their places).
    /// </exception>
    public IAsyncEnumerable<ClassifiedText<TState>> ClassifyStreamAsync<TState>(
        IAsyncEnumerable<TState> source,
        Func<TState, string> text,
        ClassifyStreamOptions? options = null,
        Func<TState, string>? place = null,
        CancellationToken ct = default) => ClassifyStreamAsync(source, text, options, place, observe: null, ct);

    /// <summary>Closes the connections; a local server goes on until it was idle for its time.</summary>
    public void Dispose() => _servers.Dispose();

    internal IAsyncEnumerable<ClassifiedText<TState>> ClassifyStreamAsync<TState>(
        IAsyncEnumerable<TState> source,
        Func<TState, string?> text,
        ClassifyStreamOptions? options,
        Func<TState, string>? place,
        Action<TextWindow<TState>>? observe,
        CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(text);
        options ??= ClassifyStreamOptions.Default;
        options.Validate();
        var job = new StreamJob<TState>(_options, options, _servers, _calls, _log)
        {
            Text = text,
            Place = (state, index) => place?.Invoke(state) ?? FormattableString.Invariant($"text {index + 1}"),
            Observe = observe,
        };
        return job.RunAsync(source, ct);
    }
}
