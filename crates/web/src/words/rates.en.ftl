# Looked at from above: rates, follow-up calls, their rules.

rates-title = Three rates
rates-period = Period
rates-from = From
rates-to = Until
rates-as_of = As known on
rates-csv = As a table (CSV)
rates-tabs = Told apart by
rates-by-unit = By unit
rates-by-place = By place
rates-by-item = By item
rates-by-kind = By kind
rates-one-unit = Unit
rates-one-place = Place
rates-one-item = Item
rates-one-kind = Kind
rates-name = Name
rates-no-item = No item yet
rates-all = All together
rates-response = Response
rates-resolution = Resolution
rates-satisfaction = Satisfaction
rates-hits = count
rates-of = of
rates-percent = per cent
rates-score = Score
rates-few = few cases
rates-none = Nothing counts in these days yet. Once cases get a first contact, an answer or a judgement, they stand here.
rates-sentence = From { $first } until { $last }, as known on { $asof }: { $met } of { $due } got their first contact in time, { $solved } of { $closed } closed ones are solved in time, { $content } of { $judged } judged answers made somebody content.
rates-rules = Score: response { $response }, resolution { $resolution }, satisfaction { $satisfaction } of 100. Fewer than { $sample } cases are marked, and there is no score. Where no promise was recorded, a first contact is due in { $hours } hours.
rates-about = Rates speak of units, places and items, never of people. How each is counted stands in the manual, docs/rates.md.

follow-ups-title = Follow-up calls
follow-ups-sentence = { $waiting ->
    [0] Nobody waits for a call.
    [one] One case waits for a call.
   *[other] { $waiting } cases wait for a call.
} In the last thirty days { $content } were content, { $unhappy } were not and had it opened again, { $missed } could not be reached.
follow-ups-empty = Nobody to call now
follow-ups-empty-about = When a case is closed, a rule chooses whom to call back. They appear here, the longest waiting first.
follow-ups-say = What to say: { $kind }
follow-ups-about = The rule chooses, nobody picks. Open the case, open the seal with your purpose to see the number, and note what was said.
follow-ups-case = Case
follow-ups-outcome = Outcome
follow-ups-why = Why this one
follow-ups-why-unjudged = Nobody has judged the answer
follow-ups-why-share = One of the share
follow-ups-tries = Calls so far
follow-ups-not-tried = Not called yet
follow-ups-tried = { $tries ->
    [one] Once, { $when }
   *[other] { $tries } times, last { $when }
}

admin-supervision = Rates and follow-up calls
admin-supervision-about = Weights, what counts as few, and whom to call back
admin-supervision-lead = A rule counts from the day you name, today or later. What held on a past day stays, so that its figures can be counted anew.
admin-supervision-rates = The three rates
admin-supervision-calls = Follow-up calls
admin-supervision-now = Now: { $rules }
admin-supervision-later = From { $day }: { $rules }
admin-supervision-response = Weight of response
admin-supervision-resolution = Weight of resolution
admin-supervision-satisfaction = Weight of satisfaction
admin-supervision-sample = Fewer cases than this are few
admin-supervision-hours = First contact within, in hours, where no promise was recorded
admin-supervision-percent = Of a hundred closed cases, call so many
admin-supervision-unjudged = Of a hundred that nobody judged, call so many
admin-supervision-tries = Give up after so many calls that nobody answered
admin-supervision-shares = Other shares
admin-supervision-shares-help = One a line: kind, outcome, so many of a hundred. Leave the outcome out for all: appeal 20, or appeal explained 50.
admin-supervision-shares-wrong = Not a kind, an outcome of it and a number up to 100: { $line }
admin-supervision-from = Counts from
admin-supervision-keep = Let it count
admin-supervision-calls-rules = { $percent } of a hundred, { $unjudged } of a hundred that nobody judged; at most { $tries } calls. { $shares }

admin-act-rate-rules-put = Rules of the rates changed
admin-act-follow-up-rules-put = Rules of follow-up calls changed
flash-rules-kept = The rule counts from the day you named.

inspections-title = Answers to read
inspections-lead = Answers that a rule has chosen to be read over. What a program noticed is a question to you, never a mark for whoever wrote.
inspections-empty = Nothing to read now
inspections-empty-about = Of the answers given, a rule chooses some to be read over, more of those in which a program noticed something. They appear here.
inspections-answer = Answer to
inspections-unit = Unit
inspections-noticed = What a program noticed
inspections-nothing = Nothing; chosen as one of the share
inspections-because = { $flag } Because of: { $words }.
inspections-flag-no-measures = It names nothing that was done or can be done.
inspections-flag-no-date = It speaks of what is to come and names no time.
inspections-flag-copied = The same answer stands under other cases.
inspections-flag-unsaid = It takes up none of the words of what was asked.
inspections-flag-only-explained = Somebody complained, and it ends with an explanation.
inspections-by-unit = By unit
inspections-by-unit-about = Answers of the last ninety days; of those read by somebody, how many questions were answered with yes. Units are counted, never people.
inspections-answers = Answers
inspections-flagged = Something noticed
inspections-inspected = Read by somebody
inspections-checks = Yes of questions
inspections-case = The whole case
inspections-asked = What was asked
inspections-said = What was answered
inspections-yes = Yes
inspections-no = No
inspections-all = Please answer every question.
inspections-keep = Keep, and go to the case to tell the unit
inspections-then = On the page of the case, “Say how the answer is” tells the unit what could be better. Then it leaves this list.
flash-checks-kept = Kept. Now tell the unit how the answer is.
admin-act-inspection-rules-put = Rules of inspections changed
admin-supervision-inspections = Answers to read
admin-supervision-read = Of a hundred answers, read so many
admin-supervision-flagged = Of a hundred in which a program noticed something, read so many
admin-supervision-questions = Questions
admin-supervision-questions-help = One a line, Chinese and English with | between: 说清楚做了什么 | It says what was done
admin-supervision-questions-wrong = At least one question, at most twenty.
admin-supervision-read-rules = { $percent } of a hundred, { $flagged } of a hundred in which a program noticed something; { $count } questions.
