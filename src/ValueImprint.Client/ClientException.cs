using ValueImprint.Auditing;
using ValueImprint.Core.Diagnostics;

namespace ValueImprint.Client;

/// <summary>A server could not be used; the message says which one, what happened, and what to do. It never holds dataset text.</summary>
public sealed class ClientException : AuditException
{
    internal ClientException(ClientFault fault, string message, Exception? inner = null)
        : base(Diagnostic.Error(CodeOf(fault), default, message), inner)
    {
        Fault = fault;
    }

    /// <summary>The kind of fault.</summary>
    public ClientFault Fault { get; }

    // All but a wrong option mean that the dataset could not be judged.
    private static DiagnosticCode CodeOf(ClientFault fault) => fault switch
    {
        ClientFault.InvalidOption => DiagnosticCatalogue.InvalidCommandLine,
        ClientFault.Unreachable => DiagnosticCatalogue.ServerUnavailable,
        ClientFault.LocalServerFailed => DiagnosticCatalogue.LocalServerFailed,
        ClientFault.UnknownModel => DiagnosticCatalogue.NoModel,
        ClientFault.ModelChanged => DiagnosticCatalogue.ModelChanged,
        ClientFault.RepeatedCrash => DiagnosticCatalogue.RepeatedCrash,
        _ => DiagnosticCatalogue.CallRefused,
    };
}

/// <summary>Why a server could not be used.</summary>
public enum ClientFault
{
    /// <summary>An option is out of range, contradicts another, or names a file that can't be read.</summary>
    InvalidOption,

    /// <summary>No server answered in time.</summary>
    Unreachable,

    /// <summary>The local server did not start.</summary>
    LocalServerFailed,

    /// <summary>The server wants a token or certificate that it did not get.</summary>
    Unauthenticated,

    /// <summary>The server does not host the model that was asked for.</summary>
    UnknownModel,

    /// <summary>Another model answered than before, so that its answers can't be counted together.</summary>
    ModelChanged,

    /// <summary>The server broke down repeatedly while it held the same texts.</summary>
    RepeatedCrash,

    /// <summary>The server refused the call or failed in it.</summary>
    CallFailed,

    /// <summary>An answer does not keep to the contract.</summary>
    ContractBroken,
}
