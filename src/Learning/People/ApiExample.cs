namespace Learning.People;

/// <summary>An example for the description of the API, as metadata of its endpoint: of what is sent, or of what is answered with a status.</summary>
/// <param name="Status">Null: of what is sent.</param>
public sealed record ApiExample(int? Status, string Json);
