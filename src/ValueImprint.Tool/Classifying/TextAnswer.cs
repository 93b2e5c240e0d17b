using ValueImprint.Client.Auditing.Recording;
using ValueImprint.Protocol.V1;

namespace ValueImprint.Tool.Classifying;

/// <summary>A classification, or why there is none.</summary>
internal readonly record struct TextAnswer(Classification? Classification, string? Problem)
{
    private const string Unclassifiable = "not-classified";

    public static TextAnswer Of(TextResult result) => new(result.Classification, result.Error?.Message);

    /// <summary>The answer as a row of results.</summary>
    public RowResult ToRow(TextLine? line) => Classification is { } classification
        ? new RowResult { Id = line?.Id, Classification = classification }
        : new RowResult { Line = line?.Number, Id = line?.Id, Rejected = Unclassifiable, Message = Problem };
}
