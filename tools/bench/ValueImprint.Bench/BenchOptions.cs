using ValueImprint.Core;

namespace ValueImprint.Bench;

/// <summary>What <c>bench.sh</c> hands over.</summary>
internal sealed record BenchOptions
{
    /// <summary>The package that is measured: the one with graphs of several precisions.</summary>
    public static string Model { get; } = BuiltInModels.Find("small", AppContext.BaseDirectory)!; // One of the built-in names.

    /// <summary>All parts, in the order in which they run; <c>million</c> runs only when named.</summary>
    public static readonly string[] AllParts = ["throughput", "latency", "overload", "padding", "allocations", "reading", "startup", "pack", "million"];

    /// <summary>Folder of the repository.</summary>
    public required string Root { get; init; }

    /// <summary>Folder of the hh-rlhf files.</summary>
    public required string Data { get; init; }

    /// <summary>Folder of the published server.</summary>
    public required string Server { get; init; }

    /// <summary>Folder of the published tool.</summary>
    public required string Tool { get; init; }

    /// <summary>Folder of the peers' scripts and their packages.</summary>
    public required string Peers { get; init; }

    /// <summary>Which parts to run.</summary>
    public required IReadOnlyList<string> Parts { get; init; }

    /// <summary>Few texts and rounds: shows that everything runs, and no more.</summary>
    public bool IsQuick { get; init; }

    /// <summary>The README whose table is replaced; <see langword="null"/>: none is.</summary>
    public string? Readme { get; init; }

    /// <summary>The command line, for the table.</summary>
    public required string Command { get; init; }

    /// <summary>Texts of a pass.</summary>
    public int Texts => IsQuick ? 150 : 1000;

    /// <summary>Texts of a peer's pass.</summary>
    public int PeerTexts => IsQuick ? 16 : 128;

    /// <summary>Rounds in turn that count.</summary>
    public int Rounds => IsQuick ? 1 : 5;

    /// <summary>Rounds of the parts that keep the server under load for seconds each.</summary>
    public int LoadRounds => IsQuick ? 1 : 3;

    public static BenchOptions Parse(string[] arguments)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var isQuick = false;
        for (var index = 0; index < arguments.Length; index++)
        {
            if (arguments[index] == "--quick")
            {
                isQuick = true;
            }
            else
            {
                values[arguments[index]] = arguments[++index];
            }
        }

        var parts = values["--parts"].Split(',', StringSplitOptions.RemoveEmptyEntries);
        return parts.FirstOrDefault(part => !AllParts.Contains(part)) is { } unknown
            ? throw new ArgumentException($"There is no part '{unknown}'; expected some of {string.Join(", ", AllParts)}.")
            : new BenchOptions
            {
                Root = values["--root"],
                Data = values["--data"],
                Server = values["--server"],
                Tool = values["--tool"],
                Peers = values["--peers"],
                Command = values["--command"],
                Readme = values.GetValueOrDefault("--readme"),
                Parts = parts,
                IsQuick = isQuick,
            };
    }
}
