namespace ValueImprint.Datasets;

/// <summary>A dataset can't be read as a whole; the message says which file, what was found, what was expected, what to do.</summary>
public sealed class DatasetException : Exception
{
    internal DatasetException(DatasetProblem problem, string message, Exception? inner = null)
        : base(message, inner)
    {
        Problem = problem;
    }

    /// <summary>The kind of problem.</summary>
    public DatasetProblem Problem { get; }
}

/// <summary>Why a whole file, not one row, could not be read.</summary>
public enum DatasetProblem
{
    /// <summary>No file or folder has the name, or the pattern matches none.</summary>
    NotFound,

    /// <summary>The file exists, but the system does not let it be read.</summary>
    Unreadable,

    /// <summary>Neither name nor content tell a known format.</summary>
    UnknownFormat,

    /// <summary>The fields fit no known layout, or not the one that was asked for.</summary>
    UnknownLayout,

    /// <summary>The file is cut short or damaged, so that rows behind the damage are out of reach.</summary>
    Corrupt,

    /// <summary>The file needs something that can't be read here, such as UTF-16.</summary>
    Unsupported,

    /// <summary>An option is out of range or contradicts another.</summary>
    InvalidOption,

    /// <summary>A stated limit was reached, behind which memory would not be bounded.</summary>
    LimitReached,
}
