package faults

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// sector is what a disk writes whole or not at all.
const sector = 512

// disk is what a folder's files are, and what of them would be left after a loss of power: what was synced
// is, and anything else may be. A name is in its folder for certain once the folder was synced after.
type disk struct {
	root string
	// names are what the folders hold now, certain what they hold for certain, by their paths.
	names, certain map[string]*inode
	// changes number the changes of all files in their order.
	changes int
	// syncing are the syncs that have begun, by thread, with the last change that each covers.
	syncing map[string]int
	// syncs counts those that were done.
	syncs int
}

// inode is one file or folder.
type inode struct {
	folder bool
	// content is what was synced.
	content []byte
	// pending are the changes since.
	pending []change
}

// change is a write, or a cut to a size where there is no text.
type change struct {
	number, offset int
	text           []byte
}

func newDisk(root string) *disk {
	return &disk{root: root, names: map[string]*inode{}, certain: map[string]*inode{}, syncing: map[string]int{}}
}

// newDiskOf is a disk on which a folder lies for certain.
func newDiskOf(root string, files map[string][]byte) *disk {
	d := newDisk(root)
	for path, content := range files {
		d.names[path] = &inode{folder: content == nil, content: bytes.Clone(content)}
		d.certain[path] = d.names[path]
	}
	return d
}

// contents are the files of a folder by their paths, nil for a folder.
func contents(root string) (files map[string][]byte, err error) {
	files = map[string][]byte{}
	err = filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil || path == root {
			return err
		}
		files[path] = nil
		if !entry.IsDir() {
			content, err := os.ReadFile(path)
			files[path] = append([]byte{}, content...)
			return err
		}
		return nil
	})
	return files, err
}

// ours reports whether a path is of the folder. The index of the log is not: a start makes it anew. Nor are
// temporary files, which have no name there, or none that lasts: strace tells them by a number.
func (d *disk) ours(path string) bool {
	return strings.HasPrefix(path, d.root+"/") && !strings.HasSuffix(path, "-shm") &&
		!strings.HasPrefix(filepath.Base(path), "#") && !strings.HasPrefix(filepath.Base(path), "etilqs_")
}

// take follows one event.
func (d *disk) take(e event) error {
	if !e.ended {
		if e.call == "fsync" || e.call == "fdatasync" {
			d.syncing[e.thread] = d.changes
		}
		return nil
	}
	switch e.call {
	case "fsync", "fdatasync":
		d.sync(e)
		return nil
	}
	if e.failed {
		return nil
	}
	switch e.call {
	case "openat", "mkdirat", "mkdir", "unlink", "unlinkat", "rename", "renameat", "renameat2", "link", "linkat":
		return d.name(e)
	}
	if !d.ours(e.path) {
		return nil
	}
	node := d.names[e.path]
	if node == nil {
		return fmt.Errorf("%s of %s, which nobody made", e.call, e.path)
	}
	switch e.call {
	case "pwrite64", "write":
		return d.write(node, e)
	case "ftruncate":
		size, err := strconv.Atoi(strings.TrimSpace(e.rest))
		if err != nil {
			return err
		}
		d.changes++
		node.pending = append(node.pending, change{number: d.changes, offset: size})
		return nil
	case "read":
		return nil
	}
	return fmt.Errorf("%s of %s, which this test can't follow", e.call, e.path)
}

// write notes a write. One without an offset is taken to append, as our own files are written.
func (d *disk) write(node *inode, e event) error {
	if !e.whole || e.result > len(e.text) {
		return fmt.Errorf("strace recorded only part of what was written to %s", e.path)
	}
	offset := len(node.now())
	if e.call == "pwrite64" {
		fields := strings.Split(e.rest, ", ")
		var err error
		if offset, err = strconv.Atoi(fields[len(fields)-1]); err != nil {
			return err
		}
	}
	d.changes++
	node.pending = append(node.pending, change{d.changes, offset, e.text[:e.result]})
	return nil
}

// name follows a change of names. Paths are absolute here, since the server is given such.
func (d *disk) name(e event) error {
	path := filepath.Clean(string(e.text))
	if !d.ours(path) {
		return nil
	}
	switch e.call {
	case "openat":
		if strings.Contains(e.rest, "O_TRUNC") && d.names[path] != nil {
			return fmt.Errorf("%s is opened and emptied, which this test can't follow", path)
		}
		if strings.Contains(e.rest, "O_CREAT") && d.names[path] == nil {
			d.names[path] = &inode{}
		}
	case "mkdirat", "mkdir":
		d.names[path] = &inode{folder: true}
	case "unlink", "unlinkat":
		delete(d.names, path)
	default:
		second, _, _ := quoted(e.rest)
		node := d.names[path]
		if node == nil {
			return fmt.Errorf("%s of %s, which nobody made", e.call, path)
		}
		d.names[filepath.Clean(string(second))] = node
		if strings.HasPrefix(e.call, "rename") {
			delete(d.names, path)
		}
	}
	return nil
}

// sync makes certain what was done before it began. A sync that fails makes an end of what was waiting: a
// system may then have thrown it away, and say at the next sync that all is well.
func (d *disk) sync(e event) {
	covered := d.syncing[e.thread]
	delete(d.syncing, e.thread)
	path := e.path
	node := d.names[path]
	switch {
	case path == d.root || node != nil && node.folder:
		// SQLite doesn't look whether the sync of a folder went well. Where that fails, this counts on what ext4,
		// XFS and Btrfs do besides: the name of a new file is kept with the sync of its content.
		d.syncs++
		for _, names := range []map[string]*inode{d.certain, d.names} {
			for name := range names {
				if filepath.Dir(name) == path {
					delete(d.certain, name)
				}
			}
		}
		for name, in := range d.names {
			if filepath.Dir(name) == path {
				d.certain[name] = in
			}
		}
	case node != nil:
		done := 0
		for ; done < len(node.pending) && node.pending[done].number <= covered; done++ {
			if !e.failed {
				node.content = node.pending[done].apply(node.content)
			}
		}
		node.pending = slices.Delete(node.pending, 0, done)
		if !e.failed {
			d.syncs++
		}
	}
}

// apply returns a content after a change.
func (c change) apply(content []byte) []byte {
	end := c.offset + len(c.text)
	if end > len(content) {
		content = append(content, make([]byte, end-len(content))...)
	}
	if c.text == nil {
		return content[:end]
	}
	copy(content[c.offset:], c.text)
	return content
}

// now is the content as the server sees it.
func (n *inode) now() []byte {
	content := bytes.Clone(n.content)
	for _, one := range n.pending {
		content = one.apply(content)
	}
	return content
}

// left is a content after a loss of power: each change since the last sync was written or not, by sectors.
func (n *inode) left(written func() bool) []byte {
	content := bytes.Clone(n.content)
	for _, one := range n.pending {
		if one.text == nil {
			if written() {
				content = one.apply(content)
			}
			continue
		}
		for begin := 0; begin < len(one.text); {
			end := min(len(one.text), begin+sector-(one.offset+begin)%sector)
			if written() {
				content = change{one.number, one.offset + begin, one.text[begin:end]}.apply(content)
			}
			begin = end
		}
	}
	return content
}

// Ways in which a loss of power can leave what wasn't synced.
type loss string

const (
	nothing    loss = "nothing of it"
	something  loss = "a random part of it"
	everything loss = "all of it"
)

var losses = []loss{nothing, something, everything}

func (l loss) written() bool {
	return l == everything || l == something && rand.IntN(2) == 0
}

// rebuild makes a folder as a loss of power now would leave the disk's.
func (d *disk) rebuild(folder string, keep loss) error {
	left := map[string]*inode{}
	for name, node := range d.certain {
		if d.names[name] == node || !keep.written() {
			left[name] = node
		}
	}
	for name, node := range d.names {
		if d.certain[name] != node && keep.written() {
			left[name] = node
		}
	}
	var paths []string
	for path := range left {
		paths = append(paths, path)
	}
	slices.Sort(paths) // a folder comes before what is in it
	for _, path := range paths {
		node, target := left[path], filepath.Join(folder, strings.TrimPrefix(path, d.root))
		parent, err := os.Stat(filepath.Dir(target))
		if err != nil || !parent.IsDir() {
			continue // its folder is lost
		}
		if node.folder {
			err = os.Mkdir(target, 0o700)
		} else {
			err = os.WriteFile(target, node.left(keep.written), 0o600)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
