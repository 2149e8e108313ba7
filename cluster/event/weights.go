package event

// The weights of the judgement: log odds per unit of each term. They were fitted by logistic
// regression on the events of the development sets; see docs/grouping.md. Articles without a
// day are judged by the second: where time says nothing, words say more.
var (
	datedWeights   = [terms]float64{-5.52, 17.40, -2.31, 0.54, -2.23, 6.29, -7.41, 4.51, 6.03, 0.16, 0.78, 5.70, -0.01, -10.63, -6.15, -7.27, 1.05}
	undatedWeights = [terms]float64{-9.69, 12.33, 0.02, 2.23, 6.61, -0.85, -3.23, 3.03, -0.17, 1.00, 0.48, 0, 0, 0, 0, 0, 0.92}
)
