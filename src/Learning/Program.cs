using System.Globalization;

using Learning.Commands;
using Learning.Time;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = British.Culture;
return await CommandLine.RunAsync(args);
