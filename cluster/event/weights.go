package event

// The weights of the judgement: log odds per unit of each term, fitted by logistic regression on
// the events of the development sets, as they stand in their streams and in small streams of
// neighbours only, where nothing else gives a measure; see docs/grouping.md. Articles a week
// apart or more are judged by weights of their own, and so are those without a day: where time
// says nothing, words say more.
var (
	nearWeights    = [terms]float64{-13.41, 10.78, 1.73, -0.59, 4.76, -0.24, -5.26, 3.49, 6.45, -0.79, -0.09, 12.51, 3.79, -9.44, 1.23, -3.94, 0.94}
	farWeights     = [terms]float64{-6.41, 25.99, -4.96, -7.32, 1.12, 3.53, -14.23, 7.17, 6.27, -0.49, -0.86, 10.16, -0.12, -4.25, -5.38, -2.06, 1.59}
	undatedWeights = [terms]float64{-8.13, 12.80, 0.86, -1.87, 6.46, -1.48, -0.25, 1.01, -1.26, 3.36, 0.76, 0, 0, 0, 0, 0, 0.72}
)
