window.YTD.like.part0 = [
  {
    "like": {
      "tweetId": "5",
      "fullText": "A line that was only liked."
    }
  }
]