"""What a finished course owes its readers. Each number here is a rule of the report."""

# A lesson is as long as its claims carry. Words as `count_words` counts them.
LEAST_WORDS, MOST_WORDS = 250, 900
# Coleman-Liau: years of school that a text asks for. Names of people weigh on it.
HIGHEST_GRADE = 14.0
LEAST_OBJECTIVES, MOST_OBJECTIVES = 3, 4
LEAST_PROMPTS, MOST_PROMPTS = 1, 2
LEAST_INLINE, MOST_INLINE = 2, 4
# Questions of a lesson's own file, and of the course.
LEAST_OWN_QUESTIONS = 10
LEAST_QUESTIONS = 150
# A question asks what its key depends on: claims beyond these two do not count.
CLAIMS_THAT_COUNT = 2
# Words in a row that a lesson has in common with a claim.
COPY_ERROR, COPY_REMARK = 12, 8
# How much alike two stems are, from 0 to 1.
ALIKE = 0.9
