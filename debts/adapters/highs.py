"""HiGHS, the open solver for linear and mixed-integer programs: https://highs.dev."""

from math import inf

import highspy
import numpy as np

from debts.domain.optimal.program import LinearProgram, Solution

# The model multiplies a yes or no by a balance: the usual 1e-6 would let cents slip through.
FEASIBILITY = 1e-9
# On households of six debts these took as long again as the whole search without them.
UNHELPFUL: dict[str, bool | float | str] = {
    "presolve": "off",
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_rens": False,
}
# The relaxed programs of ten cards take a third less time with it than with HiGHS's own choice.
DEVEX = 1


class HighsSolver:
    """Solves in one thread, so that equal questions get equal answers."""

    def relax(self, program: LinearProgram, *, time_limit: float) -> Solution:
        """See ``LinearSolver.relax``."""
        highs = _loaded(program, time_limit=time_limit, whole=False)
        highs.setOptionValue("simplex_dual_edge_weight_strategy", DEVEX)
        highs.run()
        status = highs.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Solution(None, inf, highs.getRunTime())
        if status != highspy.HighsModelStatus.kOptimal:
            return Solution(None, -inf, highs.getRunTime())
        values = list(highs.getSolution().col_value)
        return Solution(values, highs.getInfo().objective_function_value, highs.getRunTime())

    def solve(self, program: LinearProgram, *, time_limit: float, tolerance: float) -> Solution:
        """See ``LinearSolver.solve``."""
        highs = _loaded(program, time_limit=time_limit, whole=True)
        for option, value in {**UNHELPFUL, "mip_rel_gap": 0.0, "mip_abs_gap": tolerance}.items():
            highs.setOptionValue(option, value)
        highs.run()
        if highs.getModelStatus() == highspy.HighsModelStatus.kInfeasible:
            return Solution(None, inf, highs.getRunTime())
        info = highs.getInfo()
        found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
        values = list(highs.getSolution().col_value) if found else None
        return Solution(values, info.mip_dual_bound, highs.getRunTime())


def _loaded(program: LinearProgram, *, time_limit: float, whole: bool) -> highspy.Highs:
    highs = highspy.Highs()
    highs.setOptionValue("output_flag", False)  # noqa: FBT003
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("time_limit", max(0.0, time_limit))
    highs.setOptionValue("primal_feasibility_tolerance", FEASIBILITY)
    highs.setOptionValue("dual_feasibility_tolerance", FEASIBILITY)
    highs.setOptionValue("mip_feasibility_tolerance", FEASIBILITY)
    highs.passModel(_translated(program, whole=whole))
    return highs


def _translated(program: LinearProgram, *, whole: bool) -> highspy.HighsLp:
    lp = highspy.HighsLp()
    lp.num_col_, lp.num_row_ = len(program.costs), len(program.rows)
    lp.col_cost_ = np.array(program.costs)
    lp.col_lower_, lp.col_upper_ = np.array(program.lower), np.array(program.upper)
    lp.row_lower_ = np.array([row.lower for row in program.rows])
    lp.row_upper_ = np.array([row.upper for row in program.rows])
    lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    lp.a_matrix_.start_ = np.cumsum([0, *(len(row.terms) for row in program.rows)])
    lp.a_matrix_.index_ = np.array([variable for row in program.rows for variable, _ in row.terms])
    lp.a_matrix_.value_ = np.array([factor for row in program.rows for _, factor in row.terms])
    if whole:
        kinds = highspy.HighsVarType
        lp.integrality_ = [kinds.kInteger if each else kinds.kContinuous for each in program.whole]
    return lp
