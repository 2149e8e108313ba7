package demo

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// decode reads the small part of TOML that FORMAT.md allows into a struct whose slices of
// structs are tagged with the names of tables. A table or key without a field is an error:
// a slip of the pen must not drop an answer.
func decode(src string, into any) error {
	root := reflect.ValueOf(into).Elem()
	var row reflect.Value
	lines := strings.Split(src, "\n")
	for i := 0; i < len(lines); i++ {
		line := strings.TrimSpace(lines[i])
		if line == "" || line[0] == '#' {
			continue
		}
		n := i + 1
		if line[0] == '[' {
			name := strings.TrimSpace(strings.Trim(stripComment(line), "[]"))
			list, ok := field(root, name)
			if !ok || list.Kind() != reflect.Slice {
				return fmt.Errorf("line %d: no table %q", n, name)
			}
			list.Set(reflect.Append(list, reflect.Zero(list.Type().Elem())))
			row = list.Index(list.Len() - 1)
			continue
		}
		key, value, ok := strings.Cut(line, "=")
		if !ok {
			return fmt.Errorf("line %d: want key = value", n)
		}
		if !row.IsValid() {
			return fmt.Errorf("line %d: key before any table", n)
		}
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		for strings.HasPrefix(value, "[") && !closed(value) && i+1 < len(lines) {
			i++
			value += "\n" + strings.TrimSpace(lines[i])
		}
		f, ok := field(row, key)
		if !ok {
			return fmt.Errorf("line %d: no key %q here", n, key)
		}
		if err := set(f, value); err != nil {
			return fmt.Errorf("line %d: %s: %w", n, key, err)
		}
	}
	return nil
}

func field(v reflect.Value, name string) (reflect.Value, bool) {
	for i := range v.NumField() {
		if v.Type().Field(i).Tag.Get("toml") == name {
			return v.Field(i), true
		}
	}
	return reflect.Value{}, false
}

// closed reports whether a list has its closing bracket outside of strings.
func closed(s string) bool {
	s = strings.TrimSpace(stripComment(s))
	return strings.HasSuffix(s, "]")
}

// stripComment cuts, on each line, what follows a # outside of a string.
func stripComment(s string) string {
	var b strings.Builder
	quoted, comment := false, false
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\n':
			comment = false
			b.WriteByte(c)
		case comment:
		case quoted && c == '\\' && i+1 < len(s):
			b.WriteByte(c)
			i++
			b.WriteByte(s[i])
		case c == '"':
			quoted = !quoted
			b.WriteByte(c)
		case c == '#' && !quoted:
			comment = true
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func set(f reflect.Value, value string) error {
	value = strings.TrimSpace(stripComment(value))
	switch f.Kind() {
	case reflect.String:
		s, rest, err := quoted(value)
		if err != nil {
			return err
		}
		if rest != "" {
			return fmt.Errorf("%q after the string", rest)
		}
		f.SetString(s)
	case reflect.Bool:
		b, err := strconv.ParseBool(value)
		if err != nil {
			return fmt.Errorf("%q is neither true nor false", value)
		}
		f.SetBool(b)
	case reflect.Int:
		n, err := strconv.Atoi(value)
		if err != nil {
			return fmt.Errorf("%q is no whole number", value)
		}
		f.SetInt(int64(n))
	case reflect.Slice:
		list := []string{}
		rest, ok := strings.CutPrefix(value, "[")
		if !ok {
			return fmt.Errorf("%q is no list", value)
		}
		for {
			rest = strings.TrimLeft(rest, " \t\n,")
			if rest == "]" {
				break
			}
			var s string
			var err error
			if s, rest, err = quoted(rest); err != nil {
				return err
			}
			list = append(list, s)
		}
		f.Set(reflect.ValueOf(list))
	default:
		return fmt.Errorf("cannot hold %q", value)
	}
	return nil
}

// quoted reads a string in double marks and returns what follows it.
func quoted(s string) (value, rest string, err error) {
	if !strings.HasPrefix(s, `"`) {
		return "", "", fmt.Errorf("%q does not start with a mark", s)
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '"':
			return b.String(), s[i+1:], nil
		case '\\':
			if i++; i == len(s) || s[i] != '"' && s[i] != '\\' {
				return "", "", fmt.Errorf("%q has a stray backslash", s)
			}
			b.WriteByte(s[i])
		case '\n':
			return "", "", fmt.Errorf("%q runs over the line", s)
		default:
			b.WriteByte(s[i])
		}
	}
	return "", "", fmt.Errorf("%q has no closing mark", s)
}
