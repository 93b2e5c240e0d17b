namespace ValueImprint.Server.Tests.Attacks;

/// <summary>Tests that measure memory or time of the whole process run after all others, one at a time.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public sealed class AloneInTheProcess;
