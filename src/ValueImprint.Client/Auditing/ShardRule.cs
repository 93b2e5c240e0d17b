using ValueImprint.Core.Imprints;
using ValueImprint.Datasets;

namespace ValueImprint.Client.Auditing;

/// <summary>
/// Says which rows a shard has, by the row alone: by its texts, so that all equal rows are in one shard and duplicates are found there,
/// whatever the files are called and in whatever order they come. A row that can't be read has no texts, and goes by its place.
/// </summary>
internal sealed class ShardRule(Shard shard, TextLikeness likeness)
{
    public bool Holds(DatasetItem item)
    {
        var fingerprint = item is DatasetRecord record
            ? TextFingerprint.Of(record, likeness)
            : TextFingerprint.Of(FormattableString.Invariant($"{Path.GetFileName(item.File)}\n{item.Row}"));

        // The other half of the fingerprint finds the slots of tables, which stay evenly filled this way.
        return (int)(fingerprint.High % (ulong)shard.Count) == shard.Index - 1;
    }
}
