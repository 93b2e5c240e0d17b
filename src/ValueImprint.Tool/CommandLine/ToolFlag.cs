using System.CommandLine;

namespace ValueImprint.Tool.CommandLine;

/// <summary>An option without a value.</summary>
internal sealed class ToolFlag : Option<bool>
{
    public ToolFlag(string name, string description, params string[] aliases)
        : base(name, aliases)
    {
        Description = description;
        Arity = ArgumentArity.Zero;
    }
}
