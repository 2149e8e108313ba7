package event

// The weights of the judgement: log odds per unit of each term, fitted by logistic regression on
// the events of the development sets, as they stand in their streams and in small streams of
// neighbours only, where nothing else gives a measure; see docs/grouping.md. Articles a week
// apart or more are judged by weights of their own, and so are those without a day: where time
// says nothing, words say more.
var (
	nearWeights    = [terms]float64{-13.34, 11.30, 2.55, -0.80, 4.50, -0.82, -5.46, 2.58, 6.92, -1.14, -0.12, 12.62, 3.96, -7.86, 0.46, -5.43, 1.19, -0.75, 0.4, -0.65}
	farWeights     = [terms]float64{-6.41, 25.99, -4.96, -7.32, 1.12, 3.53, -14.23, 7.17, 6.27, -0.49, -0.86, 10.16, -0.12, -4.25, -5.38, -2.06, 1.59, 0, 0, 0}
	undatedWeights = [terms]float64{-8.13, 12.80, 0.86, -1.87, 6.46, -1.48, -0.25, 1.01, -1.26, 3.36, 0.76, 0, 0, 0, 0, 0, 0.72, 0, 1, -1}
)
