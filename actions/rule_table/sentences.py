"""The sentence frames of the consultation that the code asks for by name, with the places that it fills."""

from __future__ import annotations

_PLACES = """
recommend_service
recommend_subscription
recommend_out_of_reach
against: statement
instead: statement
told_conflict_listed
told_conflict_brands
told_conflict_budget
told_conflict_subject
ask: number most question
ask_again: question
why: reason
start
resume: question
stopped: question
finished
need_more
skip
finish
back_to: question
noted: case
changed: case
rate_computed: turnover percent fee
rate_range: turnover lowest highest least most
rate_usual: turnover percent fee
twelve_times: least most
yuan: n
yuan_range: least most
taken_as_yuan
taken_as_yearly
today_rate: percent fee source
today_range: usual fee lowest highest
guide_range: lowest highest least most
turnover_unit: number
turnover_unit_choice_yuan: number
turnover_unit_choice_scaled: number
currency_foreign: currency
amount_negative
amount_absurd
deposit_due: amount reason
deposit_not_due: amount capital
deposit_open: amount capital
deposit_because_unlisted
deposit_because_capital: capital
deposit_none: date
fee_of_applications: count amount total
fee_of_failed: count amount total next
fee_of_years: years first amount times following total
fee_of_accounts: count amount total
fee_of_accounts_years: count years each first amount times total
review_ends: start date days
review_ends_between: start first last least most
apply_by: deadline date days
apply_by_between: deadline first last least most
apply_too_late: date
arrives_between: start first last least most
arrives: start date days
send_by: deadline first last least most
today_instead: statement
guide_instead: statement
estimated: years
not_working_day: date
no_such_day
working_days_counted
left_day: account quota left date
left_month: account quota sent left date
left_month_daily: account quota left date
left_over: account quota
plan_fits: account plan month quota
plan_tight: account plan month quota
plan_exceeds: account plan month quota
plan_day: times
plan_every: days
plan_week: times
plan_month: times
way_verify: account figures
way_service: figures
way_apply: interface
way_person
way_of_company: figures
way_figures: fee days
cost_title
cost_item
cost_first_year
cost_following
cost_verification
cost_annual_review
cost_deposit
cost_fee
cost_total
cost_verification_in_sum
cost_annual_review_in_sum
cost_deposit_in_sum
cost_fee_in_sum
cost_lead: first following
cost_sum: total items
cost_summand: name amount
cost_deposit_open: amount capital
cost_foreign: fee
cost_without_turnover: lowest highest
dates_title
dates_lead: start date days
dates_pay: least most
plan_title
plan_made: date
plan_rules_guide
plan_rules_then: date
plan_told
plan_recommendation
plan_reasons
plan_then
plan_against
plan_instead
plan_costs
plan_dates
plan_papers
plan_pitfalls
plan_changes
plan_sources
plan_step
plan_day_heading
plan_picture
plan_step_apply
plan_step_verified
plan_step_pay
plan_step_money
plan_step_review
"""

SENTENCES: dict[str, frozenset[str]] = {
    name.strip(): frozenset(places.split())
    for name, _, places in (line.partition(":") for line in _PLACES.strip().splitlines())
}
