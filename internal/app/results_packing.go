package app

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"hash"
	"io"

	"github.com/klauspost/compress/zstd"
)

// Packing takes in a file as it comes and keeps it compressed. Exports say the same words again with each assessment, so the
// window in which they are found holds several.
type Packing struct {
	packed bytes.Buffer
	zip    *zstd.Encoder
	sum    hash.Hash
}

// PackingRoom is about how much memory packing takes besides what is packed.
const PackingRoom = 4 << 20

// packingWindow is how far back words are found again.
const packingWindow = 1 << 20

// NewPacking begins to pack a file.
func NewPacking() *Packing {
	p := &Packing{sum: sha256.New()}
	p.zip, _ = zstd.NewWriter(&p.packed, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1),
		zstd.WithWindowSize(packingWindow), zstd.WithLowerEncoderMem(true)) // the options are valid
	return p
}

// Write implements io.Writer.
func (p *Packing) Write(content []byte) (int, error) {
	p.sum.Write(content)
	return p.zip.Write(content)
}

// Held is how many bytes what came so far takes.
func (p *Packing) Held() int { return p.packed.Cap() }

// Close ends the file: what it holds, compressed, and what stands for that.
func (p *Packing) Close() (content []byte, digest string, err error) {
	err = p.zip.Close()
	return p.packed.Bytes(), hex.EncodeToString(p.sum.Sum(nil)), err
}

// unpacking begins to read a packed file, each time that it is called.
func unpacking(content []byte) func() (io.Reader, error) {
	return func() (io.Reader, error) {
		return zstd.NewReader(bytes.NewReader(content), zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(packingWindow))
	}
}
