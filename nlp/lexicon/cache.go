package lexicon

// A Cache remembers values of strings, at most about twice limit of them. It has two
// generations: when the young one is full the old one is forgotten and they change places, so
// that what is asked for stays and nothing is allocated for keeping order.
//
// What it holds must be cheap to make again and the same each time.
type Cache[V any] struct {
	young, old map[string]V
	limit      int
}

// NewCache returns an empty cache.
func NewCache[V any](limit int) *Cache[V] {
	return &Cache[V]{map[string]V{}, map[string]V{}, limit}
}

// Get returns what was put under key and not yet forgotten.
func (c *Cache[V]) Get(key string) (V, bool) {
	v, ok := c.young[key]
	if !ok {
		if v, ok = c.old[key]; ok {
			c.Put(key, v)
		}
	}
	return v, ok
}

// Put remembers a value. The key is kept: it must not be a piece of a long text.
func (c *Cache[V]) Put(key string, v V) {
	if len(c.young) >= c.limit {
		c.young, c.old = c.old, c.young
		clear(c.young)
	}
	c.young[key] = v
}
