using Microsoft.Extensions.Configuration;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;
using ValueImprint.Server.Hosting;

namespace ValueImprint.Server.Configuration;

/// <summary>Refuses options that can't work, before anything is started.</summary>
internal static class ServerOptionsCheck
{
    /// <exception cref="ServerOptionsException">With all faults found, a line each.</exception>
    public static void Run(ServerOptions options, IConfiguration configuration)
    {
        var faults = new List<string>();
        foreach (var option in ServerOption.All)
        {
            var value = option.Property.GetValue(options);
            if (!option.InRange(value))
            {
                faults.Add($"{option.Name} is {ServerOption.Describe(value)}, expected {option.Expected}.");
            }
        }

        CheckPairs(options, faults);
        ListenPlan.Check(options, configuration, faults);
        if (faults.Count > 0)
        {
            throw new ServerOptionsException(string.Join(Environment.NewLine, faults));
        }
    }

    private static void CheckPairs(ServerOptions options, List<string> faults)
    {
        if (options.MaxTextsPerCall > options.QueueLength)
        {
            faults.Add(Above(nameof(options.MaxTextsPerCall), options.MaxTextsPerCall, nameof(options.QueueLength), options.QueueLength)
                + "a full call could never be queued.");
        }

        if (options.MaxTextBytes > options.MaxMessageBytes)
        {
            faults.Add(Above(nameof(options.MaxTextBytes), options.MaxTextBytes, nameof(options.MaxMessageBytes), options.MaxMessageBytes)
                + "such a text could never arrive.");
        }
    }

    private static string Above(string name, int value, string otherName, int other) =>
        $"{name} ({ServerOption.Describe(value)}) is above {otherName} ({ServerOption.Describe(other)}): ";
}
