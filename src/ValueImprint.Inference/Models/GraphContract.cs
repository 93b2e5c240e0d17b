using System.Globalization;
using ValueImprint.Core.Gate;
using ValueImprint.Core.Imprints;

namespace ValueImprint.Inference.Models;

/// <summary>What a graph must take and give to be run here.</summary>
internal static class GraphContract
{
    public const string InputIds = "input_ids";
    public const string AttentionMask = "attention_mask";
    public const string TokenTypeIds = "token_type_ids";
    public const string Logits = "logits";

    private const int Float = (int)Onnx.TensorProto.Types.DataType.Float;
    private const int Float16 = (int)Onnx.TensorProto.Types.DataType.Float16;
    private const int Int64 = (int)Onnx.TensorProto.Types.DataType.Int64;

    /// <exception cref="ModelPackageException">Names the input or output, what it is and what was expected.</exception>
    public static void Check(string file, GraphSignature signature, HubConfig config, StanceHead? stance)
    {
        foreach (var input in signature.Inputs)
        {
            CheckInput(file, input);
        }

        foreach (var name in (string[])[InputIds, AttentionMask])
        {
            if (!signature.Inputs.Any(input => input.Name == name))
            {
                throw new ModelPackageException(file, name, $"is missing among the graph's inputs: {string.Join("; ", signature.Inputs)}.");
            }
        }

        CheckOutput(file, signature, Logits, config.Labels.Count, $"{config.File} has {config.Labels.Count} labels in id2label");
        if (stance is not null)
        {
            CheckOutput(file, signature, stance.Output, stance.Labels.Count, "there are three stances");
        }
    }

    private static void CheckInput(string file, GraphTensor input)
    {
        if (input.Name is not (InputIds or AttentionMask or TokenTypeIds))
        {
            throw new ModelPackageException(
                file, input.Name, $"is an input that nothing here provides; expected {InputIds}, {AttentionMask} and optionally {TokenTypeIds}.");
        }

        if (input.ElementType != Int64)
        {
            throw new ModelPackageException(file, input.Name, "must be int64; export the graph with int64 ids.");
        }

        if (input.Shape.Count != 2 || input.Shape.Any(static size => size >= 0))
        {
            throw new ModelPackageException(
                file, input.Name, $"is {input}, expected [batch, tokens], both dynamic; export the graph with dynamic axes.");
        }
    }

    private static void CheckOutput(string file, GraphSignature signature, string name, int expected, string reason)
    {
        var output = signature.Outputs.FirstOrDefault(output => output.Name == name)
            ?? throw new ModelPackageException(file, name, $"is missing among the graph's outputs: {string.Join("; ", signature.Outputs)}.");
        if (output.ElementType is not (Float or Float16))
        {
            throw new ModelPackageException(file, name, "must be float32 or float16.");
        }

        // A shape that the exporter left open is checked when the engine starts.
        if (output.Shape.Count is not (0 or 2) || (output.Shape.Count == 2 && output.Shape[1] >= 0 && output.Shape[1] != expected))
        {
            throw new ModelPackageException(
                file, name, string.Create(CultureInfo.InvariantCulture, $"is {output}, expected [batch, {expected}]: {reason}."));
        }
    }
}
