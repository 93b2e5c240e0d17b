namespace ValueImprint.Core.Imprints;

/// <summary>Which side of a record a text comes from; coverage is counted for each scope on its own.</summary>
public enum TextScope
{
    /// <summary>The preferred answer of a preference pair.</summary>
    Chosen,

    /// <summary>The answer of a preference pair that was not preferred.</summary>
    Rejected,

    /// <summary>The answer of an instruction record, which has no counterpart.</summary>
    Response,

    /// <summary>A text without a role, such as a line of a plain file.</summary>
    Text,
}
