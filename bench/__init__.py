"""Measurements of speed, each as a ratio to a ceiling or a rival in the same run; they are no tests.

| script | what is measured | beside |
|---|---|---|
| api_speed | fetching whole cases by the API | the same JSON made by PostgreSQL alone |
| downloads_speed | a download of every case, by format | nothing: time, size and memory |
| e2b_speed | reading, writing and validating E2B(R3) messages | lxml alone on the same bytes |
| exchange_speed | import with scoring, and export | lxml alone, COPY of the same rows, messages in memory |
| facets_speed | the counts beside the filters | counting the same cases |
| filters_speed | one page of the typical filters | the same in the smallest registry |
| generation_speed | making synthetic cases | COPY of the same rows without triggers |
| pages_speed | opening pages, saving the form | reading the rows of a case, one amendment |
| rescoring_speed | rescoring a registry | reading the rows that scoring needs |
| scoring_speed | scoring one case with its explanation | building the same objects, nothing decided |

`scratch` makes the synthetic registries that are measured, `multiply` enlarges them, `picture` draws growth.
"""
