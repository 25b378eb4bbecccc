"""Every code that an error of the API can have, and every code that a fault in a request can have."""

ERROR_CODES = [
    "ACCOUNT_CURRENCY_FIXED", "ACCOUNT_EXISTS", "ACCOUNT_NAME_TAKEN", "ACCOUNT_NOT_EMPTY",
    "ALLOCATION_EXISTS", "ALLOCATION_MOVED", "ALREADY_RECONCILED", "AMOUNT_TOO_LARGE", "ASK_FOR_A_JOB",
    "AUTHORIZATION_SCHEME", "BAD_REQUEST", "BUDGET_BELOW_MINIMUMS", "BUILT_UPON", "CATEGORY_HAS_CHILDREN",
    "CATEGORY_IS_SHIPPED", "CATEGORY_NAME_TAKEN", "CONFLICT", "CONTRIBUTION_LINKED", "DEBT_CURRENCY_FIXED",
    "DEBT_LIMIT_EXCEEDED", "DEBT_NAME_TAKEN", "EMAIL_ALREADY_EXISTS", "EXTERNAL_ID_EXISTS",
    "EXTERNAL_ID_FIXED", "FILE_FORGOTTEN", "FILE_TOO_LARGE", "GOAL_ABANDONED", "GOAL_CURRENCY_FIXED",
    "GOAL_FOLLOWS_DEBT", "GOAL_HAS_CONTRIBUTIONS", "GOAL_LIMIT_EXCEEDED", "IDEMPOTENCY_KEY_IN_USE",
    "IDEMPOTENCY_KEY_REUSED", "IMPORT_NOT_POSTED", "IMPORT_UNDONE", "INTERNAL_ERROR", "INVALID_CREDENTIALS",
    "INVALID_GOAL_DATE", "JOB_FINISHED", "JOB_NOT_ENDED", "LAST_SIGHTING", "MALFORMED_BODY",
    "MERCHANT_EXISTS", "METHOD_NOT_ALLOWED", "NEVER_PAID_OFF", "NOT_ACCEPTABLE", "NOT_APPLIED",
    "NOT_AUTHENTICATED", "NOT_ENOUGH_HISTORY", "NOT_ENOUGH_SAVED", "NOT_FOUND", "NOT_ITS_SIGHTING",
    "NOT_ONE_PURCHASE", "NOT_POSSIBLE", "NOT_PROPOSED", "NO_ACTION_PLAN", "NO_BUDGET", "NO_DEBTS",
    "NO_FIELDS_TO_UPDATE", "NO_PAY_DAY", "NO_RATE", "PAYMENT_LINKED", "PERIOD_CLOSED", "PERIOD_EXISTS",
    "PERIOD_NOT_OVER", "PERIOD_OVERLAPS", "PERMISSION_DENIED", "PLAN_ACTIVE", "PLAN_ARCHIVED", "PLAN_CHANGED",
    "PRECONDITION_FAILED", "PRIMARY_GOAL_EXISTS", "RATE_LIMITED", "RECONCILIATION_EXISTS",
    "REFUND_NOT_POSSIBLE", "RESET_LINK_INVALID", "RULE_EXISTS", "RULE_LIMIT_EXCEEDED", "SCOPE_MISSING",
    "SPLIT_OVER_100", "TAG_EXISTS", "TARGET_OUT_OF_REACH", "TOKEN_EXPIRED", "TOKEN_INVALID", "TOKEN_REUSED",
    "TOO_LARGE", "TRANSACTION_IN_TRANSFER", "TRANSACTION_IN_TRASH", "TRANSACTION_MERGED",
    "TRANSFER_NOT_POSSIBLE", "UNAVAILABLE", "UNSUPPORTED_MEDIA_TYPE", "VALIDATION_ERROR",
]  # fmt: skip

FAULT_CODES = [
    "ask_for_a_job", "before_start", "blank", "budget_below_minimums", "conflicting", "date", "datetime",
    "does_not_add_up", "does_not_exist", "empty", "empty_range", "fixed", "in_the_future", "in_the_past",
    "incorrect_type", "invalid", "invalid_choice", "invalid_date", "invalid_email", "invalid_goal_date",
    "invalid_id", "invalid_pattern", "invalid_token", "invalid_unicode", "locked_days", "make_aware",
    "max_decimal_places", "max_digits", "max_length", "max_string_length", "max_value", "max_whole_digits",
    "min_length", "min_value", "missing_debt", "mixed_currencies", "no_name", "no_rate", "not_a_dict",
    "not_a_list", "not_a_payment", "not_a_string", "not_an_object", "not_enough_history", "not_enough_saved",
    "not_exact", "not_found", "not_in_period", "not_json", "not_positive", "not_saved", "not_the_sum",
    "not_unique", "null", "null_characters_not_allowed", "out_of_range", "overflow", "parse_error",
    "password_entirely_numeric", "password_too_common", "password_too_short", "password_too_similar",
    "repeated", "required", "split_over_100", "surrogate_characters_not_allowed", "too_deep", "too_large",
    "too_many_parts", "unique", "unknown_code", "unknown_currency", "unknown_debt", "unknown_field",
    "unknown_id", "unknown_parameter", "unknown_time_zone", "wrong_group", "wrong_password", "wrong_sign",
]  # fmt: skip
