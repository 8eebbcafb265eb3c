//! Model, rules, planner, audit and iCalendar text of Ordo. Pure.
