namespace ValueImprint.Tool.CommandLine;

/// <summary>How a verb writes its result.</summary>
internal enum ResultFormat
{
    /// <summary>For a person at a terminal.</summary>
    Table,

    /// <summary>One JSON document.</summary>
    Json,

    /// <summary>A JSON document a line.</summary>
    Jsonl,

    /// <summary>For a pull request or a job summary.</summary>
    Markdown,

    /// <summary>For code scanning.</summary>
    Sarif,

    /// <summary>A page for people.</summary>
    Html,

    /// <summary>A block for a dataset card.</summary>
    Card,

    /// <summary>A fragment for a Croissant file.</summary>
    Croissant,
}
