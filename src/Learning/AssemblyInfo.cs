using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Learning.Tests")]
[assembly: InternalsVisibleTo("Learning.Benchmarks")]
