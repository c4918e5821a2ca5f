"""What can go wrong for the person at the keyboard. Every message is one line that says what to do.

WenhaoError
  SettingsError        a setting is missing or can't be used
  ModelError           there is no model, or it can't be loaded or trained
    TrainingDataError  the training data have problems: a line for each
  ServeError           the server can't start
  StoreError           the shared state can't be reached (bot/state)
  ReviewerError        a reviewer's name can't be used (bot/review)
  JobError             a job of the review can't be started (bot/review)
  TrackerStoreError    the conversations can't be read (bot/learning/collecting)
  PullError            collecting can't go on (bot/learning/collecting)
  ReviewDatabaseError  the review database can't be used (bot/learning/database)
  DecisionError        a decision can't be taken (bot/learning/deciding/errors)
  LandingError         what was decided can't land (bot/learning/landing/errors)
  WeChatApiError       a call of WeChat failed (bot/channels/wechat/api)
"""


class WenhaoError(Exception):
    """Base of the errors that the command line reports in one line, with exit code 1."""


class SettingsError(WenhaoError):
    """A setting is missing or can't be used."""


class ModelError(WenhaoError):
    """There is no model, or it can't be loaded or trained."""


class TrainingDataError(ModelError):
    """The training data can't be trained from. The message has a line for each problem."""


class ServeError(WenhaoError):
    """The server can't start."""
