"""An evaluation as Markdown tables: by value, stance, source, length, and the confusion matrix."""

from .evaluation import Evaluation


def markdown(judged: Evaluation) -> str:
    texts = len(judged.held)
    blocks = [_table("head", [(head.name, judged.summary(head), texts) for head in judged.heads])]
    lines = ["| value | precision | recall | F1 | texts |", "|---|---|---|---|---|"]
    for value, row in judged.per_value().items():
        lines.append(f"| {judged.task.labels[value]} | {row['precision']:.3f} | {row['recall']:.3f} | {row['f1']:.3f} "
                     f"| {row['support']} |")
    blocks.append("\n".join(lines) + "\n")
    if judged.task.published:
        blocks.append(_beside(judged))
    blocks.append(_table("source or length", [
        (name, judged.summary(judged.heads[0], where), int(where.sum()))
        for name, where in _groups(judged) if where.any()]))
    if not judged.task.multi_label:
        blocks.append(f"Expected calibration error (15 bins): {judged.ece:.4f}\n")
        lines = ["| true, predicted: | " + " | ".join(judged.task.ids) + " |", "|---" * (len(judged.task.ids) + 1) + "|"]
        lines += [f"| {name} | " + " | ".join(map(str, row)) + " |"
                  for name, row in zip(judged.task.ids, judged.confusion)]
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def _beside(judged: Evaluation) -> str:
    """What is published, with the same figure of this evaluation in front of it; values by their F1."""
    here = judged.summary(judged.heads[0]) | {value: row["f1"] for value, row in judged.per_value().items()}
    systems = judged.task.published.figures
    lines = ["| | here | " + " | ".join(systems) + " |", "|---" * (len(systems) + 2) + "|"]
    for figure in dict.fromkeys(name for figures in systems.values() for name in figures):
        shown = [f"{figures[figure]:.3f}" if figure in figures else "" for figures in systems.values()]
        lines.append(f"| {judged.task.labels.get(figure, figure)} | {here[figure]:.3f} | " + " | ".join(shown) + " |")
    return "\n".join(lines) + f"\n\nPublished: {judged.task.published.source}\n"


def _groups(judged: Evaluation) -> list:
    lengths, sources = judged.held.lengths, judged.held.sources
    longest = lengths.max()
    return [*((source, sources == source) for source in sorted(set(sources))),
            ("up to 128 tokens", lengths <= min(128, longest - 1)),
            (f"129 to {longest - 1} tokens", (lengths > 128) & (lengths < longest)),
            (f"{longest} tokens, most of them cut", lengths == longest)]


def _table(title: str, rows: list[tuple[str, dict[str, float], int]]) -> str:
    lines = [f"| {title} | accuracy | macro-F1 | weighted F1 | texts |", "|---|---|---|---|---|"]
    lines += [f"| {name} | {s['accuracy']:.3f} | {s['macro_f1']:.3f} | {s['weighted_f1']:.3f} | {count} |"
              for name, s, count in rows]
    return "\n".join(lines) + "\n"
