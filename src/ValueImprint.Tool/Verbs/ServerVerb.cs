using ValueImprint.Tool.CommandLine;
using ValueImprint.Tool.Terminal;

namespace ValueImprint.Tool.Verbs;

/// <summary><c>server start|status|stop</c>: the local server, which the other verbs start by themselves when they need it.</summary>
internal sealed class ServerVerb : VerbGroup
{
    public ServerVerb(ToolConsole console)
        : base("server", "Starts, shows or stops the local server, which other verbs start on demand")
    {
        Add(new ServerStartVerb(console));
        Add(new ServerStatusVerb(console));
        Add(new ServerStopVerb(console));
    }
}
