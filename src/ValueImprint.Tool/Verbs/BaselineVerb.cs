using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>baseline accept</c>.</summary>
internal sealed class BaselineVerb : VerbGroup
{
    public BaselineVerb(ToolConsole console)
        : base("baseline", "Keeps the imprint that rules on drift compare with") => Add(new BaselineAcceptVerb(console));
}
