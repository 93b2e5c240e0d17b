using System.Diagnostics;
using ValueImprint.Bench.Figures;
using ValueImprint.Datasets;

namespace ValueImprint.Bench.Parts;

/// <summary>Reading a plain JSONL file of preference pairs without classifying: bytes a second of processor time.</summary>
internal static class ReadingPart
{
    public static async Task<IReadOnlyList<ResultRow>> RunAsync(BenchOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("vi-bench-").FullName;
        try
        {
            var file = Path.Combine(folder, "pairs.jsonl");
            await WriteAsync(options, file, options.IsQuick ? 1 : 6);
            var speed = new Series();
            for (var round = -1; round < options.Rounds; round++)
            {
                var megabytes = await ReadAsync(file);
                if (round >= 0)
                {
                    speed.Add(megabytes);
                }
            }

            return [ResultRow.AtLeast("reading JSONL without classifying, a core", speed, "0", " MB/s", 200)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task WriteAsync(BenchOptions options, string file, int times)
    {
        await using var output = File.Create(file);
        for (var time = 0; time < times; time++)
        {
            foreach (var packed in Directory.EnumerateFiles(options.Data, "*.jsonl.gz"))
            {
                await using var input = new System.IO.Compression.GZipStream(File.OpenRead(packed), System.IO.Compression.CompressionMode.Decompress);
                await input.CopyToAsync(output);
            }
        }
    }

    private static async Task<double> ReadAsync(string file)
    {
        var before = Process.GetCurrentProcess().TotalProcessorTime;
        await using var reader = await DatasetReader.OpenAsync(DatasetSource.FromFile(file));
        var records = 0;
        await foreach (var item in reader.ReadAsync())
        {
            records += item is DatasetRecord ? 1 : throw new InvalidOperationException($"Line {item.Line} was rejected.");
        }

        // Processor time and not the clock: what runs on a second core counts as well.
        var time = Process.GetCurrentProcess().TotalProcessorTime - before;
        Progress.Say($"{records} rows, {time.TotalSeconds:0.00} s of processor time");
        return new FileInfo(file).Length / 1e6 / time.TotalSeconds;
    }
}
