using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>model inspect</c>.</summary>
internal sealed class ModelVerb : VerbGroup
{
    public ModelVerb(ToolConsole console)
        : base("model", "Looks into model packages") => Add(new ModelInspectVerb(console));
}
