using ValueImprint.Core.Diagnostics;

namespace ValueImprint.Client;

/// <summary>A server could not be used; the message says which one, what happened, and what to do. It never holds dataset text.</summary>
public sealed class ClientException : Exception
{
    internal ClientException(ClientFault fault, string message, Exception? inner = null)
        : base(message, inner)
    {
        Fault = fault;
    }

    /// <summary>The kind of fault.</summary>
    public ClientFault Fault { get; }

    /// <summary>The code under which it is reported; all but a wrong option mean that the dataset could not be judged.</summary>
    public DiagnosticCode Code => Fault switch
    {
        ClientFault.InvalidOption => DiagnosticCatalogue.InvalidCommandLine,
        ClientFault.Unreachable => DiagnosticCatalogue.ServerUnavailable,
        ClientFault.LocalServerFailed => DiagnosticCatalogue.LocalServerFailed,
        ClientFault.UnknownModel => DiagnosticCatalogue.NoModel,
        ClientFault.ModelChanged => DiagnosticCatalogue.ModelChanged,
        ClientFault.RepeatedCrash => DiagnosticCatalogue.RepeatedCrash,
        _ => DiagnosticCatalogue.CallRefused,
    };

    /// <summary>As a message to a person.</summary>
    public Diagnostic ToDiagnostic() => Diagnostic.Error(Code, default, Message);
}
