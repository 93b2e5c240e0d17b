using System.Text.Json.Nodes;
using ValueImprint.Core.Imprints;

namespace ValueImprint.EndToEnd.Tests;

/// <summary>One audit of a few arguments by a package with another taxonomy: the 20 Schwartz values, of which several may hold.</summary>
public sealed class SchwartzAudit : IAsyncLifetime
{
    public static readonly IReadOnlyList<string> Arguments =
    [
        "We should ban plastic bags. They pollute the oceans and kill animals, and we must protect the environment and nature.",
        "We should protect endangered species and their forests. The planet and its wildlife need clean air and water.",
        "We should end religious schools. Children should follow the faith and traditions of their families.",
        "We should subsidise health care. Poor people need help, and everyone deserves equal access to treatment.",
        "We should abolish the police. Without law enforcement nobody would obey the law and crime would rise.",
        "We should legalise gambling. Adults should be free to choose for themselves how to spend their money.",
        "We should cut the army. The country must defend its people and keep the nation safe and stable.",
        "We should stop exams. Students work hard to succeed, and good results help them to get a good job.",
    ];

    public ToolEnvironment Tool { get; } = new();

    public string Imprint => Tool.File("schwartz.imprint.json");

    public static string Package { get; } = RepositoryRoot.File("tests/fixtures/models/schwartz-tiny");

    internal CommandRun Run { get; private set; } = null!; // Set before any test sees it.

    public async ValueTask InitializeAsync()
    {
        var data = Tool.File("arguments.jsonl");
        await File.WriteAllLinesAsync(data, Arguments.Select(static text => new JsonObject { ["text"] = text }.ToJsonString()));
        Run = await Tool.RunAsync("audit", data, "--model", Package, "--output", Imprint);
    }

    public ValueTask DisposeAsync() => Tool.DisposeAsync();
}
