//go:build race

package nlp

// raceDetector slows everything down some ten times: bounds on time do not hold under it.
const raceDetector = true
