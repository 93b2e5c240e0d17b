using Xunit;
using System.Text;
using ValueImprint.Core.Diagnostics;
using ValueImprint.Core.Gate;

namespace ValueImprint.TestSupport;

/// <summary>Reads policies for tests.</summary>
public static class Policies
{
    /// <summary>A policy of one rule on the chosen texts of Justice, with these keys.</summary>
    public static Policy Coverage(string keys) =>
        Read($"policy: 1\ntaxonomy: value-imprint\ncoverage:\n  - value: justice\n    scope: chosen\n    {keys}\n");

    public static Policy Read(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        Assert.True(Policy.TryRead(stream, "policy.yml", out var policy, out var diagnostics), string.Join('\n', diagnostics));
        return policy;
    }

    public static IReadOnlyList<Diagnostic> Refused(string text)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        Assert.False(Policy.TryRead(stream, "policy.yml", out _, out var diagnostics), "The policy was accepted.");
        Assert.NotEmpty(diagnostics);
        return diagnostics;
    }
}
