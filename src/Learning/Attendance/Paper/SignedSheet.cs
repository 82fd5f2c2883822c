using Learning.Catalogue;
using Learning.People;

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Learning.Attendance.Paper;

/// <summary>A photograph or a scan of the sheet that people signed, kept with its register until raw attendance files go (P5).</summary>
public sealed class SignedSheet
{
    public required Guid Id { get; init; }
    public required Guid SessionId { get; init; }
    public required string MediaType { get; init; }

    /// <summary>Bytes as they are kept.</summary>
    public required int Size { get; init; }

    /// <summary>Of what was sent, before anything was taken out of it.</summary>
    public required byte[] Sha256 { get; init; }
    public required DateTimeOffset SentAt { get; init; }
    public Guid? SentBy { get; init; }
}

/// <summary>The bytes of a sheet; not there: gone.</summary>
public sealed class SignedSheetFile
{
    public required Guid SheetId { get; init; }
    public required byte[] Content { get; init; }
}

internal sealed class SignedSheetMap : IEntityTypeConfiguration<SignedSheet>, IEntityTypeConfiguration<SignedSheetFile>
{
    public void Configure(EntityTypeBuilder<SignedSheet> builder)
    {
        builder.ToTable("signed_sheets");
        builder.HasOne<Session>().WithMany().HasForeignKey(sheet => sheet.SessionId);
        builder.HasOne<Person>().WithMany().HasForeignKey(sheet => sheet.SentBy);
    }

    public void Configure(EntityTypeBuilder<SignedSheetFile> builder)
    {
        builder.ToTable("signed_sheet_files");
        builder.HasKey(file => file.SheetId);
        builder.HasOne<SignedSheet>().WithMany().HasForeignKey(file => file.SheetId);
    }
}
