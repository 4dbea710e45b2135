package questionnaire

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// Where the shipped files lie.
const (
	modelName      = "model.yaml"
	practicesName  = "practices.yaml"
	guidesName     = "guides.yaml"
	domainsName    = "domains.yaml"
	questionnaires = "questionnaires"
)

// noQuestionnaire is the problem of a folder with nothing to load, often a mistyped one.
const noQuestionnaire = "holds no questionnaire (*.yaml)"

// Load reads the shipped files (package data embeds them) and the questionnaires in the operator's folders. It is
// strict: whatever is wrong comes back as a Problems, all of it at once, and no library. The shipped questionnaires
// need their lock file; a folder's lock is optional, but enforced if it is there.
func Load(shipped fs.FS, folders ...string) (*Library, error) {
	l := newLoader()
	l.loadModel(shipped)
	if len(l.problems) > 0 {
		return nil, l.problems.sorted() // every reference would be unknown
	}
	l.loadShippedLock(shipped)
	l.loadPractices(shipped)
	l.loadGuides(shipped)
	l.loadDomains(shipped)
	l.loadShipped(shipped)
	for _, folder := range folders {
		l.loadFolder(folder)
	}
	if err := l.problems.sorted().Err(); err != nil {
		return nil, err
	}
	return &l.library, nil
}

// loader gathers a library and what checks across files need.
type loader struct {
	library  Library
	problems Problems
	// questionnaires says where each id was taken.
	questionnaires map[string]place
	// items has the first item of every id; all others must equal it.
	items map[string]placedItem
	// shippedLock guards the shipped ids in an operator's files. It may be nil.
	shippedLock *lock
}

func newLoader() *loader {
	return &loader{questionnaires: map[string]place{}, items: map[string]placedItem{}}
}

// open reads a file and hands its root to decode. name is the file's name within fsys, shown the
// one in messages.
func (l *loader) open(fsys fs.FS, name, shown string, decode func(f *file, root ast.Node)) {
	f := &file{name: shown}
	data, err := readLimited(fsys, name)
	if err != nil {
		f.report(0, "cannot be read: %v", reason(err))
	} else {
		f.read(data, func(root ast.Node) { decode(f, root) })
	}
	l.problems = append(l.problems, f.problems...)
}

// readLimited reads a file, but not much more of it than the loader accepts.
func readLimited(fsys fs.FS, name string) ([]byte, error) {
	opened, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer opened.Close()
	return io.ReadAll(io.LimitReader(opened, maxBytes+1))
}

// reason strips the path from an error, since the problem already names the file.
func reason(err error) error {
	if pathError, ok := errors.AsType[*fs.PathError](err); ok {
		return pathError.Err
	}
	return err
}

// loadModel reads the model.
func (l *loader) loadModel(shipped fs.FS) {
	l.open(shipped, modelName, modelName, func(f *file, root ast.Node) {
		l.library.Model = f.readModel(root)
	})
}

// loadPractices reads the practices.
func (l *loader) loadPractices(shipped fs.FS) {
	l.open(shipped, practicesName, practicesName, func(f *file, root ast.Node) {
		l.library.Practices = f.readPractices(root, l.library.Model, l.shippedLock)
	})
}

// loadGuides reads the guides.
func (l *loader) loadGuides(shipped fs.FS) {
	l.open(shipped, guidesName, guidesName, func(f *file, root ast.Node) {
		l.library.Guides = f.readGuides(root, l.library.Model)
	})
}

// loadDomains reads the domains of the depth map.
func (l *loader) loadDomains(shipped fs.FS) {
	l.open(shipped, domainsName, domainsName, func(f *file, root ast.Node) {
		l.library.Depths = f.readDomains(root, l.library.Model, l.library.Practices)
	})
}

// loadShippedLock reads the lock of the shipped questionnaires.
func (l *loader) loadShippedLock(shipped fs.FS) {
	name := path.Join(questionnaires, lockName)
	l.open(shipped, name, name, func(f *file, root ast.Node) { l.shippedLock = f.readLock(root) })
}

// loadShipped reads the shipped questionnaires, and puts them in the order of the model's scopes.
func (l *loader) loadShipped(shipped fs.FS) {
	names := questionnaireNames(shipped, questionnaires)
	if len(names) == 0 {
		l.problems = append(l.problems, Problem{questionnaires, 0, noQuestionnaire})
	}
	for _, name := range names {
		l.open(shipped, name, name, func(f *file, root ast.Node) {
			l.add(f, f.readQuestionnaire(root, l.library.Model), l.shippedLock)
		})
	}
	scopes := l.library.Model.scopeIDs()
	slices.SortStableFunc(l.library.Questionnaires, func(a, b Questionnaire) int {
		return slices.Index(scopes, a.Scope) - slices.Index(scopes, b.Scope)
	})
}

// loadFolder reads an operator's questionnaires.
func (l *loader) loadFolder(folder string) {
	fsys := os.DirFS(folder)
	if _, err := fs.ReadDir(fsys, "."); err != nil {
		l.problems = append(l.problems, Problem{folder, 0, "cannot be read: " + reason(err).Error()})
		return
	}
	names := questionnaireNames(fsys, ".")
	if len(names) == 0 {
		l.problems = append(l.problems, Problem{folder, 0, noQuestionnaire})
	}
	words := l.folderLock(folder)
	for _, name := range names {
		l.open(fsys, name, filepath.Join(folder, name), func(f *file, root ast.Node) {
			kind := kindOfFile(root)
			if kind == kindDomains {
				own := f.readOwnDomains(root, l.library.Model, l.library.Depths.Domains)
				l.library.Depths.Domains = append(l.library.Depths.Domains, own...)
				return
			}
			if kind != kindQuestionnaire {
				f.report(1, "is a file of %s, and this folder is for questionnaires; move it elsewhere", kind)
				return
			}
			l.add(f, f.readQuestionnaire(root, l.library.Model), words)
		})
	}
}

// folderLock reads the lock of a folder, or returns nil if it has none.
func (l *loader) folderLock(folder string) *lock {
	fsys := os.DirFS(folder)
	if _, err := fs.Stat(fsys, lockName); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	var words *lock
	l.open(fsys, lockName, filepath.Join(folder, lockName), func(f *file, root ast.Node) {
		words = f.readLock(root)
	})
	return words
}

// add puts a questionnaire into the library after the checks across files. words may be nil: then
// no lock is held to.
func (l *loader) add(f *file, d draft, words *lock) {
	if taken, ok := l.questionnaires[d.ID]; ok && d.ID != "" {
		f.report(d.at.line, "questionnaire id %q is taken by %s; choose another", d.ID, taken)
	} else {
		l.questionnaires[d.ID] = d.at
	}
	for _, item := range d.items {
		first, known := l.items[item.ID]
		if !known {
			l.items[item.ID] = item
			if l.shippedLock != nil && l.shippedLock != words {
				l.shippedLock.protect(item, f)
			}
			continue
		}
		if l.shippedLock != nil && l.shippedLock != words && slices.Contains(l.shippedLock.earlier[item.ID], item.wordsHash()) {
			continue // copied when the shipped item was spelt in another way
		}
		if differing := difference(first.Item, item.Item); differing != "" {
			f.report(item.at.line, "item %q has another %s than in %s; an id has the same words everywhere, "+
				"so copy them or choose another id", item.ID, differing, first.at)
		}
	}
	if words != nil {
		words.demand(d, f)
	}
	l.library.Questionnaires = append(l.library.Questionnaires, d.Questionnaire)
}

// difference names the first field in which two items differ, or returns "".
func difference(a, b Item) string {
	switch {
	case a.Text != b.Text:
		return "text"
	case a.Anchors != b.Anchors:
		return "anchor"
	case a.wordsHash() != b.wordsHash():
		return "illustration"
	case !slices.Equal(a.Crafts, b.Crafts):
		return "list of crafts"
	case !slices.Equal(a.Outcomes, b.Outcomes):
		return "list of outcomes"
	case a.Pillar != b.Pillar:
		return "pillar"
	}
	return ""
}

// String returns "file:line".
func (p place) String() string { return Problem{File: p.file, Line: p.line}.where() }

// questionnaireNames lists the files of a folder that should be questionnaires, sorted by name. Hidden files are left
// out, since editors keep their drafts in them.
func questionnaireNames(fsys fs.FS, folder string) []string {
	entries, err := fs.ReadDir(fsys, folder)
	if err != nil {
		return nil // an empty list is reported by the caller
	}
	var names []string
	for _, entry := range entries {
		name := entry.Name()
		extension := path.Ext(name)
		if entry.IsDir() || strings.HasPrefix(name, ".") || name == lockName {
			continue
		}
		if extension == ".yaml" || extension == ".yml" {
			names = append(names, path.Join(folder, name))
		}
	}
	return names
}
