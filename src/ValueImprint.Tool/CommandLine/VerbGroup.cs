using System.CommandLine;

namespace ValueImprint.Tool.CommandLine;

/// <summary>Verbs under one word.</summary>
internal abstract class VerbGroup(string name, string description) : Command(name, description);
