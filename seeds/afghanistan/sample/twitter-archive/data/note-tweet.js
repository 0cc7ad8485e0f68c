window.YTD.note_tweet.part0 = [
  {
    "noteTweet": {
      "noteTweetId": "1424734871837827076",
      "updatedAt": "2021-08-09T14:10:38.000Z",
      "lifecycle": {
        "value": "1",
        "name": "Active"
      },
      "createdAt": "2021-08-09T14:10:38.000Z",
      "core": {
        "styletags": [],
        "urls": [],
        "text": "Statement regarding the civilians of Kunduz city: The Islamic Emirate assures all residents, traders, doctors and employees of Kunduz that their lives and property are safe. Shops should open and hospitals should work as before. Mujahideen are ordered to enter no house. Whoever laid down his weapon will be given a letter and may go home. Do not listen to the propaganda of the Kabul administration.",
        "mentions": [],
        "cashtags": [],
        "hashtags": []
      }
    }
  }
]
