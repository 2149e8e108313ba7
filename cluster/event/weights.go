package event

// The weights of the judgement: log odds per unit of each term. They were fitted by logistic
// regression on the events of the development sets; see docs/grouping.md. Articles without a
// day are judged by the second: where time says nothing, words say more.
var (
	datedWeights   = [terms]float64{-4.94, 16.74, -1.64, 1.42, -1.67, 5.66, -7.26, 4.35, 5.65, 0.04, 0.63, 5.47, -0.11, -8.61, -9.82, -6.77, 1.16}
	undatedWeights = [terms]float64{-8.74, 8.22, 0.24, 4.73, 6.72, -0.60, -1.38, 2.06, 0.74, 1.45, 0.97, 0.00, 0.00, 0.00, 0.00, 0.00, 0.79}
)
