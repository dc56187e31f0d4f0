"""python -m tightrope.course.guide: write the site's page of the guide."""

from tightrope.course import guide

guide.main()
