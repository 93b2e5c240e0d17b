using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ValueImprint.Server.Tests.Support;

/// <summary>Keeps what was logged, exceptions included.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(int Event, string Line)> _lines = new();

    public string All => string.Join('\n', _lines.Select(static line => line.Line));

    public bool Has(int eventId) => _lines.Any(line => line.Event == eventId);

    public int Count(int eventId) => _lines.Count(line => line.Event == eventId);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((eventId.Id, $"{formatter(state, exception)} {exception}"));

    public void Dispose()
    {
    }
}

internal static class LoggerFactoryExtensions
{
    public static ILoggerFactory Also(this ILoggerFactory factory, ILoggerProvider provider)
    {
        factory.AddProvider(provider);
        return factory;
    }
}
