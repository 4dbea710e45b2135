package store

import "sync"

// remembered are values by a text, each of which stands for its value for ever. It holds no more than limit, as
// counted by size, and begins anew once that is reached: a value that is asked for is soon back.
type remembered[T any] struct {
	limit int
	// size says how much of the limit a value takes; nil counts each as one.
	size func(T) int

	mutex  sync.Mutex
	values map[string]T
	held   int
}

// get gives what belongs to a text, and makes it if it isn't known.
func (r *remembered[T]) get(text string, make func() (T, error)) (T, error) {
	value, found := r.find(text)
	if found {
		return value, nil
	}
	value, err := make()
	if err != nil {
		return value, err
	}
	r.put(text, value)
	// Where two have made it at once, both get the same.
	if kept, found := r.find(text); found {
		value = kept
	}
	return value, nil
}

// find gives what belongs to a text, and tells whether it is known.
func (r *remembered[T]) find(text string) (value T, found bool) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	value, found = r.values[text]
	return value, found
}

// put remembers what belongs to a text, unless it is more than all may be.
func (r *remembered[T]) put(text string, value T) {
	size := 1
	if r.size != nil {
		size = r.size(value) + len(text)
	}
	if size > r.limit {
		return
	}
	r.mutex.Lock()
	defer r.mutex.Unlock()
	if _, known := r.values[text]; known {
		return
	}
	if r.held+size > r.limit || r.values == nil {
		r.values, r.held = map[string]T{}, 0
	}
	r.values[text] = value
	r.held += size
}

// forget drops all.
func (r *remembered[T]) forget() {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.values, r.held = nil, 0
}
