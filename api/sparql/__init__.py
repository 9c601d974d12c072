"""Read-only SPARQL over what an export holds: `guard` and `results` say what is asked and answered, `index` keeps the
graph where it can be asked, `worker` asks it in a process that can be ended, `answers` joins them, `endpoint` is HTTP.
"""
