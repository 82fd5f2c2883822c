namespace Learning.Web;

/// <summary>The drawings that <c>Icon</c> knows.</summary>
public enum IconName { Search, Person, People, Screen, Webinar, Hall, Tick, Copy, Mail, Key, Offline }
