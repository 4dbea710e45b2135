package store

import "sync"

// remembered caches values by a text that always means the same value. When its limit is reached it starts empty: what
// is in use is soon back.
type remembered[T any] struct {
	limit int
	// size returns how much of the limit a value takes; nil counts each as one.
	size func(T) int

	mutex  sync.Mutex
	values map[string]T
	held   int
}

// get returns the value of a text, and makes it if it isn't cached.
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
	// If two made it at once, both get the same.
	if kept, found := r.find(text); found {
		value = kept
	}
	return value, nil
}

// find returns the value of a text, and reports whether it is cached.
func (r *remembered[T]) find(text string) (value T, found bool) {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	value, found = r.values[text]
	return value, found
}

// put caches the value of a text, unless it alone exceeds the limit.
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

// forget clears the cache.
func (r *remembered[T]) forget() {
	r.mutex.Lock()
	defer r.mutex.Unlock()
	r.values, r.held = nil, 0
}
