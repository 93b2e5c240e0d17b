using ValueImprint.Datasets.Formats.Parquet;

namespace ValueImprint.Datasets.Tests;

/// <summary>Writes Parquet files the way that the hub's exports are: by DuckDB, from a query.</summary>
internal static class ParquetWriter
{
    public static void Require() =>
        Assert.SkipUnless(DuckDbLibrary.IsThere, "DuckDB has no library for this platform.");

    public static string Write(string path, string query, string options = "")
    {
        Require();
        Assert.Equal(DuckDb.Success, DuckDb.Open(null, out var database));
        Assert.Equal(DuckDb.Success, DuckDb.Connect(database, out var connection));
        try
        {
            using var copy = new DuckDbQuery(path, connection, $"COPY ({query}) TO '{path}' (FORMAT parquet{options})");
            copy.MoveNext();
        }
        finally
        {
            DuckDb.Disconnect(ref connection);
            DuckDb.Close(ref database);
        }

        return path;
    }
}
