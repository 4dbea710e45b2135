package store

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
	"whetstone/internal/database"
)

// Erasure is one thing that was deleted for good.
type Erasure struct {
	// Hash is the SHA-256 of its id, as hex text.
	Hash string
	At   time.Time
}

// ErasureList is the file that says, after a backup was restored, what had been deleted since it was taken. It lies
// outside the database, which the backup replaces; keep it with the backups. Each line holds the hash of an id and the
// time, and lines are only ever added. The zero value is no list.
type ErasureList struct {
	path  string
	mutex sync.Mutex
	// listed are the hashes that the file holds, nil until it has been read.
	listed map[string]bool
	// checked is the moment up to which the database's own list has been checked.
	checked time.Time
}

// NewErasureList returns the list kept in a file, or no list for "". The file need not exist yet.
func NewErasureList(path string) *ErasureList { return &ErasureList{path: path} }

// KeepErasureList makes ListErasures write into this list. Call it before the store is used.
func (s *Store) KeepErasureList(list *ErasureList) { s.erasures = list }

// ListErasures brings the erasure list, if one is kept, up to what the database notes as deleted. Call it after the
// transaction of a deletion. The next call makes up for one that failed.
func (s *Store) ListErasures(ctx context.Context) error { return s.erasures.Append(ctx, s) }

// erasureOverlap is how far the clocks of several processes may differ without a line being missed.
const erasureOverlap = time.Hour

// Append writes what the database notes as deleted and the file lacks, and makes it durable.
func (l *ErasureList) Append(ctx context.Context, s *Store) error {
	if l == nil || l.path == "" {
		return nil
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.listed == nil {
		if _, err := l.read(); err != nil {
			return err
		}
	}
	since := l.checked.Add(-erasureOverlap)
	if l.checked.IsZero() {
		since = time.UnixMilli(0) // all of it
	}
	noted, err := s.Erasures(ctx, since)
	if err != nil {
		return err
	}
	missing := slices.DeleteFunc(slices.Clone(noted), func(one Erasure) bool { return l.listed[one.Hash] })
	if err := l.write(missing); err != nil {
		return fmt.Errorf("the erasure list: %w", err)
	}
	for _, one := range noted {
		l.listed[one.Hash] = true
		l.checked = latest(l.checked, one.At)
	}
	return nil
}

func latest(one, other time.Time) time.Time {
	if other.After(one) {
		return other
	}
	return one
}

// Read returns all that the file lists; nothing if there is no file.
func (l *ErasureList) Read() ([]Erasure, error) {
	if l == nil || l.path == "" {
		return nil, nil
	}
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.read()
}

func (l *ErasureList) read() (list []Erasure, err error) {
	file, err := os.Open(l.path)
	if errors.Is(err, fs.ErrNotExist) {
		l.listed = map[string]bool{}
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	listed := map[string]bool{}
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		one, err := parseErasure(lines.Text())
		if err != nil {
			// A process that was killed may leave half a line, which its successor rewrites.
			continue
		}
		listed[one.Hash] = true
		list = append(list, one)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("the erasure list %s: %w", l.path, err)
	}
	if len(list) == 0 && hasContent(file) {
		return nil, fmt.Errorf("the erasure list %s holds no erasure: it is another file", l.path)
	}
	l.listed = listed
	return list, nil
}

func hasContent(file *os.File) bool {
	info, err := file.Stat()
	return err == nil && info.Size() > int64(erasureLine)
}

// erasureLine is about how long a line is.
const erasureLine = 64 + 1 + len(time.RFC3339)

func parseErasure(line string) (Erasure, error) {
	hash, at, _ := strings.Cut(line, " ")
	moment, err := time.Parse(time.RFC3339, at)
	if err == nil && (len(hash) != 64 || strings.Trim(hash, "0123456789abcdef") != "") {
		err = errors.New("no hash")
	}
	return Erasure{hash, moment}, err
}

func (l *ErasureList) write(list []Erasure) error {
	if len(list) == 0 {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(l.path), 0o700); err != nil {
		return err
	}
	file, err := os.OpenFile(l.path, os.O_RDWR|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	var lines bytes.Buffer
	if endsTorn(file) {
		lines.WriteByte('\n')
	}
	for _, one := range list {
		fmt.Fprintf(&lines, "%s %s\n", one.Hash, one.At.UTC().Format(time.RFC3339))
	}
	_, err = file.Write(lines.Bytes())
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return database.SyncFolder(l.path)
}

// endsTorn reports whether a file ends in the middle of a line.
func endsTorn(file *os.File) bool {
	end, err := file.Seek(0, io.SeekEnd)
	if err != nil || end == 0 {
		return false
	}
	last := make([]byte, 1)
	_, err = file.ReadAt(last, end-1)
	return err == nil && last[0] != '\n'
}

// Replay repeats the deletions on the list if the database doesn't note them: it was then restored from an older
// state.
func (l *ErasureList) Replay(ctx context.Context, s *Store) (Replayed, error) {
	list, err := l.Read()
	if err != nil || len(list) == 0 {
		return Replayed{}, err
	}
	noted, err := s.Erasures(ctx, time.UnixMilli(0))
	if err != nil {
		return Replayed{}, err
	}
	known := map[string]bool{}
	for _, one := range noted {
		known[one.Hash] = true
	}
	missing := slices.DeleteFunc(list, func(one Erasure) bool { return known[one.Hash] })
	if len(missing) == 0 {
		return Replayed{}, nil
	}
	return s.Replay(ctx, missing)
}
