using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using ValueImprint.Bench.Figures;
using ValueImprint.Core.Estimation;

namespace ValueImprint.Bench.Parts;

/// <summary>Managed memory that a text costs in the engine, by BenchmarkDotNet's memory diagnoser, against the size of its reply.</summary>
internal static class AllocationsPart
{
    public static IReadOnlyList<ResultRow> Run(BenchOptions options, string[] texts)
    {
        EngineBenchmark.Sample = texts[..Math.Min(texts.Length, EngineBenchmark.Texts)];
        var job = Job.Dry.WithToolchain(InProcessEmitToolchain.Instance).WithWarmupCount(2).WithIterationCount(options.IsQuick ? 1 : 5);
        var config = ManualConfig.CreateEmpty()
            .AddJob(job)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddLogger(NullLogger.Instance)
            .WithOptions(ConfigOptions.DisableOptimizationsValidator)
            .WithArtifactsPath(Directory.CreateTempSubdirectory("vi-bench-").FullName);
        var summary = BenchmarkRunner.Run<EngineBenchmark>(config);
        var report = summary.Reports.Length == 1 && summary.Reports[0].Success
            ? summary.Reports[0]
            : throw new InvalidOperationException($"BenchmarkDotNet could not run: {string.Join("; ", summary.ValidationErrors.Select(static error => error.Message))}");
        var bytes = new Series();
        bytes.Add(report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? throw new InvalidOperationException("No allocations were measured."));
        return [ResultRow.AtMost("allocated a text in the engine (reply: the target)", bytes, "0", " bytes", Math.Round(EngineBenchmark.ReplyBytes))];
    }
}
