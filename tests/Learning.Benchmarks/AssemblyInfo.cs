using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Learning.Tests")]
