using Microsoft.Extensions.Logging;
using ValueImprint.Auditing;
using ValueImprint.Client.Connections;
using ValueImprint.Client.Streaming;
using ValueImprint.Core.Imprints;
using ValueImprint.Protocol.V1;

namespace ValueImprint.Client;

/// <summary>
/// A classifier behind one or several servers. Broken connections are mended, calls that may be repeated are. Safe for use by several
/// threads.
/// </summary>
public sealed class ClassifierClient : IClassifier, IDisposable
{
    private readonly ClientOptions _options;
    private readonly IServerSource _servers;
    private readonly UnaryCalls _calls;
    private readonly ILogger _log;

    /// <summary>Makes a client; nothing is connected before the first call.</summary>
    /// <exception cref="ClientException">No server is named, an option is out of range, or names a file that can't be used.</exception>
    public ClassifierClient(ClientOptions options)
        : this(options, static (options, factory, _) => options.Servers.Count > 0
            ? new RemoteServers(options, factory)
            : throw new ClientException(ClientFault.InvalidOption, "No server is named."))
    {
    }

    internal ClassifierClient(ClientOptions options, Func<ClientOptions, ConnectionFactory, ILogger, IServerSource> servers)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _log = options.LoggerFactory.CreateLogger("ValueImprint.Client");
        _servers = servers(options, new ConnectionFactory(options), _log);
        _calls = new UnaryCalls(options, _servers, _log);
    }

    /// <summary>Describes a model.</summary>
    /// <param name="name">Its name; empty: the server's default one.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <exception cref="ClientException">No server answered, or it refused.</exception>
    public async Task<ClassifierModel> GetModelAsync(string name = "", CancellationToken ct = default)
    {
        var (model, _) = await _calls.GetModelAsync(name, ct).ConfigureAwait(false);
        return model;
    }

    /// <summary>Describes all models of the server, its default one first.</summary>
    /// <exception cref="ClientException">No server answered, or it refused.</exception>
    public async Task<IReadOnlyList<ClassifierModel>> ListModelsAsync(CancellationToken ct = default)
    {
        var (response, server) = await _calls.InvokeAsync(static (server, call) => server.Classifier.ListModelsAsync(new ListModelsRequest(), call), ct)
            .ConfigureAwait(false);
        return [.. response.Models.Select(server.Read)];
    }

    /// <summary>Classifies a handful of texts in one call, which goes ahead of bulk streams.</summary>
    /// <param name="texts">1 to the server's limit of texts, 1,024 unless it says otherwise.</param>
    /// <param name="model">Name of the model; empty: the server's default one.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>The model that answered, and one outcome a text, in the order of the texts.</returns>
    /// <exception cref="ClientException">No server answered, or it refused.</exception>
    public async Task<(ClassifierModel Model, IReadOnlyList<TextOutcome> Outcomes)> ClassifyAsync(
        IReadOnlyList<string> texts, string model = "", CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var description = await GetModelAsync(model, ct).ConfigureAwait(false);
        var request = new ClassifyRequest
        {
            Options = new ClassifyOptions { Model = model },
            Texts = { texts.Select(static text => new TextItem { Text = text }) },
        };
        var (response, server) = await _calls.InvokeAsync((server, call) => server.Classifier.ClassifyAsync(request, call), ct).ConfigureAwait(false);
        new StreamSession(model, description.Facts.ContentHash).CheckModel(server.Address, response.ModelHash);
        return response.Results.Count == texts.Count
            ? (description, [.. response.Results.Select(result => server.Read(result, description.Taxonomy))])
            : throw new ClientException(
                ClientFault.ContractBroken,
                $"{server.Address} gave {response.Results.Count} results for {texts.Count} texts; use a server of the same version.");
    }

    /// <summary>
    /// Classifies any number of texts. Outcomes come in the order of the texts, each exactly once, also when a stream breaks: what is
    /// unanswered then is sent again. Reads the source no further ahead than the window allows; stopping half way ends all work.
    /// </summary>
    /// <param name="source">Whatever carries the texts; comes back beside each outcome.</param>
    /// <param name="text">The text of an item; null: it is not sent, and comes back in its turn with an empty outcome.</param>
    /// <param name="options">Window, batches, model; null: the defaults.</param>
    /// <param name="place">Names an item for a person, never by its text; null: its number in the stream, from 1.</param>
    /// <param name="ct">Cancels the work.</param>
    /// <exception cref="ClientException">
    /// No server answered, the model changed (<see cref="ClientFault.ModelChanged"/>), or the server broke down repeatedly while it held
    /// the same texts (<see cref="ClientFault.RepeatedCrash"/>; the message names their places).
    /// </exception>
    public IAsyncEnumerable<(TState State, TextOutcome Outcome)> ClassifyStreamAsync<TState>(
        IAsyncEnumerable<TState> source,
        Func<TState, string?> text,
        ClassifyStreamOptions? options = null,
        Func<TState, string>? place = null,
        CancellationToken ct = default) => ClassifyStreamAsync(source, text, options, place, observe: null, ct);

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _servers.Dispose();

    internal IAsyncEnumerable<(TState State, TextOutcome Outcome)> ClassifyStreamAsync<TState>(
        IAsyncEnumerable<TState> source,
        Func<TState, string?> text,
        ClassifyStreamOptions? options,
        Func<TState, string>? place,
        Action<TextWindow<TState>>? observe,
        CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(text);
        options ??= ClassifyStreamOptions.Default;
        options.Validate();
        var job = new StreamJob<TState>(_options, options, _servers, _calls, _log)
        {
            Text = text,
            Place = (state, index) => place?.Invoke(state) ?? FormattableString.Invariant($"text {index + 1}"),
            Observe = observe,
        };
        return job.RunAsync(source, ct);
    }
}
