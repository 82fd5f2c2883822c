using Npgsql;

namespace Learning.ELearning.Packages;

/// <summary>A file of a package as a stream that can be read from anywhere, so that a video can be wound; a piece at a time comes from the database.</summary>
internal sealed class PieceStream(NpgsqlDataSource database, Guid package, int file, long size) : Stream
{
    private byte[] piece = [];
    private long number = -1;

    public override bool CanRead => true;
    public override bool CanSeek => true;
    public override bool CanWrite => false;
    public override long Length => size;
    public override long Position { get; set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (Position >= size)
        {
            return 0;
        }

        var (wanted, within) = Math.DivRem(Position, PackageFile.PieceLength);
        if (wanted != number)
        {
            piece = await PackagePieces.ReadAsync(database, package, file, (int)wanted, cancellationToken) ?? throw new InvalidOperationException($"Piece {wanted} of file {file} of package {package} is missing.");
            number = wanted;
        }

        var read = Math.Min(buffer.Length, piece.Length - (int)within);
        piece.AsMemory((int)within, read).CopyTo(buffer);
        Position += read;
        return read;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) =>
        Position = offset + origin switch { SeekOrigin.Begin => 0, SeekOrigin.Current => Position, _ => size };

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Pieces are read without holding a thread.");

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
